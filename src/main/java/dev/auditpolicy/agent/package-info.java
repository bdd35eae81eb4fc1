/** Role 2, on one control-plane node: observe, plan, act, verify and report. */
package dev.auditpolicy.agent;
