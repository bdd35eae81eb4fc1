/** The entry point that picks the role, and the wiring of the controller. */
package dev.auditpolicy.app;
