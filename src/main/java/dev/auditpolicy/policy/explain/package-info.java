/** Why a policy decides about a request as it does, in sentences. Pure. */
package dev.auditpolicy.policy.explain;
