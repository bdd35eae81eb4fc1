/** The lab as tests see it: a real kubeadm control plane on this machine, made by {@code src/lab/lab}. */
package dev.auditpolicy.lab;
