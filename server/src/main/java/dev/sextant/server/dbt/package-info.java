// SPDX-License-Identifier: Apache-2.0
/** The GraphQL interface of dbt's Semantic Layer, so that tools written for it work unchanged. */
@NullMarked
package dev.sextant.server.dbt;

import org.jspecify.annotations.NullMarked;
