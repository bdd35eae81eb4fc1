/** Texts of any kind as policies, with problems that name field, value and remedy. */
package dev.auditpolicy.policy.read;
