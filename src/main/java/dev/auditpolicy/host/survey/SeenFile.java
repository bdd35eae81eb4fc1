package dev.auditpolicy.host.survey;

import java.time.Instant;
import java.util.Optional;

/**
 * A file as a process sees it.
 *
 * @param text empty if it is too long or not UTF-8
 * @param sha256 of its content, hexadecimal
 * @param modifiedAt when its content was last modified
 */
public record SeenFile(Optional<String> text, String sha256, Instant modifiedAt) {}
