package dev.auditpolicy.policy.lint;

import java.util.stream.Stream;

/** Looks for one kind of thing that is probably not meant. */
interface Check {

    /** What it finds, in the order of the places. */
    Stream<LintFinding> check(Subject subject);
}
