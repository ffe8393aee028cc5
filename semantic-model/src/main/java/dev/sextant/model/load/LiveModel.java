// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A model that follows its folder. A change swaps the model whole; an edit that breaks it leaves the last valid one in place and tells so.
 * Files are looked at again and again, because events get lost on network and container file systems.
 */
public final class LiveModel implements Supplier<SemanticModel>, AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Path folder;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final List<Consumer<Status>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService looking = Executors
      .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("sextant-model-", 0).factory());
  private volatile State state;

  /**
   * How things stand: which version is served, since when it is so, and what is wrong with the files now; {@code issues} is empty unless
   * an edit broke the project.
   */
  public record Status(long version, Instant since, List<Issue> issues, List<Issue> warnings) {
    public Status {
      issues = List.copyOf(issues);
      warnings = List.copyOf(warnings);
    }

    /** Whether the served version is what the files say. */
    public boolean isCurrent() {
      return issues.isEmpty();
    }
  }

  private record State(SemanticModel model, Status status, FileStamps stamps) {}

  private LiveModel(Path folder, Map<String, String> environment, InstantSource clock) {
    this.folder = folder;
    this.environment = environment;
    this.clock = clock;
    FileStamps stamps = FileStamps.of(folder);
    this.state = switch (ModelLoader.load(folder, environment)) {
      case ModelResult.Valid valid -> new State(valid.model(), new Status(1, clock.instant(), List.of(), valid.warnings()), stamps);
      case ModelResult.Invalid invalid -> throw new SextantException(invalid.issues());
    };
  }

  /** Loads the project and follows it; throws a {@link SextantException} with all issues when it is not valid to begin with. */
  public static LiveModel open(Path folder, Map<String, String> environment, InstantSource clock) {
    return open(folder, environment, clock, LOOK_EVERY);
  }

  /** As {@link #open(Path, Map, InstantSource)}, looking at the files at the given interval; never by itself where it is zero. */
  public static LiveModel open(Path folder, Map<String, String> environment, InstantSource clock, Duration lookEvery) {
    LiveModel live = new LiveModel(folder, environment, clock);
    if (!lookEvery.isZero()) {
      var unused = live.looking.scheduleWithFixedDelay(live::refresh, lookEvery.toMillis(), lookEvery.toMillis(), TimeUnit.MILLISECONDS);
    }
    return live;
  }

  /** The last valid version. */
  @Override
  public SemanticModel get() {
    return state.model();
  }

  public Status status() {
    return state.status();
  }

  /** Calls {@code listener} after every change, with the new status. */
  public void onChange(Consumer<Status> listener) {
    listeners.add(listener);
  }

  /** Looks at the files now; says whether anything had changed. */
  public synchronized boolean refresh() {
    FileStamps stamps = FileStamps.of(folder);
    if (stamps.equals(state.stamps())) {
      return false;
    }
    State before = state;
    state = switch (ModelLoader.load(folder, environment)) {
      case ModelResult.Valid valid -> new State(valid.model(),
          new Status(before.status().version() + 1, clock.instant(), List.of(), valid.warnings()), stamps);
      case ModelResult.Invalid invalid -> new State(before.model(), broken(before.status(), invalid.issues()), stamps);
    };
    listeners.forEach(this::tell);
    return true;
  }

  private Status broken(Status before, List<Issue> issues) {
    return new Status(before.version(), before.isCurrent() ? clock.instant() : before.since(), issues, before.warnings());
  }

  /** A listener that fails must not keep the others, or the next change, from being heard. */
  private void tell(Consumer<Status> listener) {
    try {
      listener.accept(state.status());
    } catch (RuntimeException e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
