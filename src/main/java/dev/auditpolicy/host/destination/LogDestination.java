package dev.auditpolicy.host.destination;

import dev.auditpolicy.host.log.LogUsage;
import java.util.Optional;

/**
 * A path for an audit log, before kube-apiserver uses it.
 *
 * @param obstacle why kube-apiserver could not open the log, and what to do; empty if it could
 * @param usage disk usage of an existing log, and free space
 * @param etcdNeeds bytes by which etcd may grow until it reaches its quota, if its data is on the same file system
 */
public record LogDestination(Optional<String> obstacle, LogUsage usage, Optional<Long> etcdNeeds) {}
