// SPDX-License-Identifier: Apache-2.0
/** The HTTP door, described by an OpenAPI document that it serves. */
@NullMarked
package dev.sextant.server.http;

import org.jspecify.annotations.NullMarked;
