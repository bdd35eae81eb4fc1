/** What changes in meaning between two policies: kinds of request that are recorded otherwise. Pure. */
package dev.auditpolicy.policy.diff;
