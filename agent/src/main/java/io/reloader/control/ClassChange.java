// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/**
 * What a reload has done with one class of one class loader.
 *
 * @param type as the programmer writes it
 * @param loader the class loader, as {@link ClassStatus#loader}
 * @param before CRC-32 of the class file that it ran, in hexadecimal; empty if that is not known
 * @param after CRC-32 of the class file that it runs, or was to run, in hexadecimal
 * @param verdict what became of it
 */
public record ClassChange(String type, String loader, String before, String after, Findings.Verdict verdict) {}
