/** Role 2, on one control-plane node: the loop and its wiring. */
package dev.auditpolicy.agent;
