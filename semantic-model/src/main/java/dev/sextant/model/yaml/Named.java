// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

/** A key of a mapping whose keys are names, with its value. */
public record Named<T>(Located<String> name, T value) {}
