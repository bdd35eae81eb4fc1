package dev.auditpolicy.host.log;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A place for an audit log.
 *
 * @param obstacle why a kube-apiserver could not open a log there, with the way out; empty when nothing is in the way
 * @param usage of the log that is there already, and what is left on the file system
 * @param etcdNeeds bytes that etcd may still grow by until its quota, if its data is on the same file system
 */
public record LogDestination(Optional<String> obstacle, LogUsage usage, Optional<Long> etcdNeeds) {

    public LogDestination {
        requireNonNull(obstacle, "obstacle is null");
        requireNonNull(usage, "usage is null");
        requireNonNull(etcdNeeds, "etcdNeeds is null");
    }
}
