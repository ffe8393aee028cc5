// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.store;

import dev.sextant.cache.CacheKey;
import dev.sextant.cache.CachedResult;
import dev.sextant.cache.LowerTier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Answers as files of a folder, up to a number of bytes; the oldest go first. A file is written beside and moved into its place, and tells by
 * its checksum whether it is whole: a crash at any moment leaves whole answers or none.
 */
public final class DiskTier implements LowerTier {
  private static final String ENDING = ".arrow";
  private static final String UNFINISHED = ".part";
  private static final String CHANGES = "changes";

  private final Path folder;
  private final long mostBytes;
  private final String mine = UUID.randomUUID() + "-";
  private final AtomicLong parts = new AtomicLong();
  private final Map<String, Long> sizes = new LinkedHashMap<>();
  private long bytes;
  private boolean listed;

  /** Nothing is read or written before the first use. */
  public DiskTier(Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public Optional<CachedResult> find(CacheKey key, BufferAllocator memory) throws IOException {
    Path file = file(key);
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
    Optional<CachedResult> result = ResultBytes.read(key, content, memory);
    if (result.isEmpty()) {
      remove(file.getFileName().toString());
    }
    return result;
  }

  @Override
  public void put(CacheKey key, CachedResult result) throws IOException {
    byte[] content = ResultBytes.write(key, result);
    if (content.length > mostBytes) {
      return;
    }
    Path file = file(key);
    move(content, file);
    noted(file.getFileName().toString(), content.length);
  }

  private Path file(CacheKey key) {
    return folder.resolve(key.digest() + ENDING);
  }

  private void move(byte[] content, Path file) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(mine + parts.incrementAndGet() + UNFINISHED);
    try {
      Files.write(part, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private synchronized void noted(String name, long size) throws IOException {
    list();
    Long before = sizes.remove(name);
    bytes += size - (before == null ? 0 : before);
    sizes.put(name, size);
    while (bytes > mostBytes) {
      remove(sizes.keySet().iterator().next());
    }
  }

  private synchronized void remove(String name) throws IOException {
    Long size = sizes.remove(name);
    bytes -= size == null ? 0 : size;
    Files.deleteIfExists(folder.resolve(name));
  }

  /** Finds what an earlier run left, once; what was being written then is of no use. */
  private synchronized void list() throws IOException {
    if (listed) {
      return;
    }
    listed = true;
    record Found(Path path, long at, long size) {}
    List<Found> found;
    try (Stream<Path> files = Files.list(folder)) {
      found = files.filter(Files::isRegularFile).map(path -> {
        try {
          return new Found(path, Files.getLastModifiedTime(path).toMillis(), Files.size(path));
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }).sorted(Comparator.comparingLong(Found::at)).toList();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    for (Found file : found) {
      String name = file.path().getFileName().toString();
      if (name.endsWith(ENDING)) {
        sizes.put(name, file.size());
        bytes += file.size();
      } else if (name.endsWith(UNFINISHED) && !name.startsWith(mine)) {
        Files.deleteIfExists(file.path());
      }
    }
  }

  /** How many bytes the files have, as far as this process knows. */
  public synchronized long bytes() {
    return bytes;
  }

  @Override
  public synchronized void clear() throws IOException {
    if (Files.isDirectory(folder)) {
      list();
      for (String name : List.copyOf(sizes.keySet())) {
        remove(name);
      }
    }
  }

  @Override
  public Map<String, Long> changes() throws IOException {
    Map<String, Long> changes = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(folder.resolve(CHANGES))) {
        int space = line.indexOf(' ');
        changes.put(line.substring(space + 1), Long.parseLong(line.substring(0, space)));
      }
    } catch (NoSuchFileException none) {
      return changes;
    }
    return changes;
  }

  @Override
  public synchronized void changed(Map<String, Long> times) throws IOException {
    Map<String, Long> all = changes();
    times.forEach((dataset, time) -> all.merge(dataset, time, Math::max));
    StringBuilder text = new StringBuilder();
    all.forEach((dataset, time) -> text.append(time).append(' ').append(dataset).append('\n'));
    move(text.toString().getBytes(StandardCharsets.UTF_8), folder.resolve(CHANGES));
  }

  @Override
  public void close() {
    // Files need no closing.
  }
}
