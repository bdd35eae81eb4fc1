/** What both roles tell beside the status: Kubernetes Events, and metrics in Prometheus' text format. */
package dev.auditpolicy.telemetry;
