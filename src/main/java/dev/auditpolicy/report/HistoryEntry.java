package dev.auditpolicy.report;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that the resources know the time of.
 *
 * @param subject a node, or the AuditPolicy
 * @param revision empty if it is not about one
 */
public record HistoryEntry(Instant time, String subject, Optional<String> revision, String text) {}
