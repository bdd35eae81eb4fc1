package dev.auditpolicy.controller.enroll;

import java.time.Duration;
import java.util.Optional;

/** Gives the nodes back while an AuditPolicy with deletionPolicy Restore is being deleted. */
public interface Restoration {

    /** Does what can be done now; returns when to try again. */
    Optional<Duration> step();
}
