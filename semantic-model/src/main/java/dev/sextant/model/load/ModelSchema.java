// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.yaml.SchemaWriter;
import dev.sextant.model.yaml.def.FileDef;
import dev.sextant.model.yaml.def.ProjectDef;

/** The JSON Schemas (2020-12) that editors use to complete and check definition files. */
public final class ModelSchema {

  private ModelSchema() {}

  /** The schema of files below {@code models}. */
  public static String definitions() {
    return SchemaWriter.write(FileDef.class, "Sextant definitions");
  }

  /** The schema of {@code sextant.yml}. */
  public static String project() {
    return SchemaWriter.write(ProjectDef.class, "Sextant project");
  }
}
