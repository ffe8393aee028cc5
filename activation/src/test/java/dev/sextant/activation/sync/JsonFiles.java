// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

// docs
import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import dev.sextant.activation.Destination;
import dev.sextant.activation.DestinationType;
import dev.sextant.model.DestinationConfig;
import dev.sextant.model.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A text file a batch, a line a row. A batch that comes again has the same id, so its file is written again and nothing is doubled. */
public final class JsonFiles implements DestinationType {

  @Override
  public String type() {
    return "json_files";
  }

  @Override
  public Destination open(DestinationConfig config, Sync sync, Path project, InstantSource clock) {
    String path = config.options().get("path");
    if (path == null) {
      throw ActivationIssue.DESTINATION_CONFIG.because("Destination '" + config.name() + "' needs the option 'path'.");
    }
    return new Folder(project.resolve(path));
  }

  private record Folder(Path folder) implements Destination {

    @Override
    public int batchSize() {
      return 1000;
    }

    @Override
    public Set<Operation> operations() {
      return Set.of(Operation.UPSERT, Operation.DELETE);
    }

    @Override
    public List<RowResult> deliver(Batch batch) throws DeliveryFailure {
      try {
        Files.createDirectories(folder);
        Files.write(folder.resolve(batch.id()),
            batch.rows().stream().map(row -> row.operation() + " " + row.key() + " " + row.fields()).toList());
        return Collections.nCopies(batch.rows().size(), RowResult.Accepted.UNNAMED);
      } catch (IOException full) {
        throw new DeliveryFailure(Advice.RETRY, 0, "DISK", "The folder cannot be written: " + full.getMessage(), Optional.empty());
      }
    }
  }
}
