/**
 * What is probably not meant in a policy that kube-apiserver would load: rules that do nothing, secrets in the log, gaps,
 * noise, settings that lose events, and what the CIS Benchmark and the STIG ask for. {@link
 * dev.auditpolicy.policy.lint.Linter} is the way in. Pure: no files, no cluster.
 */
@NullMarked
package dev.auditpolicy.policy.lint;

import org.jspecify.annotations.NullMarked;
