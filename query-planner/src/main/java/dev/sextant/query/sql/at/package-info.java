// SPDX-License-Identifier: Apache-2.0
/** What stands in AT (..): the changes of the context a measure is evaluated in. */
@NullMarked
package dev.sextant.query.sql.at;

import org.jspecify.annotations.NullMarked;
