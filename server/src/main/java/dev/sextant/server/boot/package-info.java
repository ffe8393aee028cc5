// SPDX-License-Identifier: Apache-2.0
/** The one place where modules meet: opens a project and puts the doors in front of it. */
@NullMarked
package dev.sextant.server.boot;

import org.jspecify.annotations.NullMarked;
