/** Controls the lab from tests: a real control plane on this machine, made by {@code src/lab/lab}. */
package dev.auditpolicy.lab;
