// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a component of a definition record a key of its mapping; reader, JSON Schema and documentation are all made from it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /** What the key means, in a sentence; empty for keys that are accepted and not read. */
  String value();

  /** The key, where it is not the component's name in snake case. */
  String name() default "";

  /** Other spellings. */
  String[] also() default {};

  /** Whether a list of one may be written without being a list. */
  boolean lone() default false;

  /** Whether the component is a record whose keys stand in this mapping. */
  boolean inline() default false;

  /** Whether the component holds the keys that no other component reads. */
  boolean rest() default false;
}
