/**
 * Finds probable mistakes in a policy that kube-apiserver loads: rules without effect, secrets in the log, gaps, noise,
 * settings that lose events, and deviations from the CIS Benchmark and the STIG. {@link
 * dev.auditpolicy.policy.lint.Linter} is the entry point. Pure: no files, no cluster.
 */
@NullMarked
package dev.auditpolicy.policy.lint;

import org.jspecify.annotations.NullMarked;
