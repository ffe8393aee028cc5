// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache;

import java.nio.file.Path;

/** Where answers are kept outside memory: in a folder, and under a name that no other project and no other warehouses have. */
public record CachePlace(Path folder, String space) {}
