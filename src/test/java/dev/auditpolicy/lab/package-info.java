/** Controls the lab from tests: a real kubeadm control plane on this machine, made by {@code src/lab/lab}. */
package dev.auditpolicy.lab;
