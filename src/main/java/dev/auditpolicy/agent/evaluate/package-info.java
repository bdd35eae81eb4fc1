/** Whether a node can run what it is to run, and whether it demonstrably does. Changes nothing. */
package dev.auditpolicy.agent.evaluate;
