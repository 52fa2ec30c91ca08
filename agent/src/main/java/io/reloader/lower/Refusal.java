// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Why a change cannot be lowered.
 *
 * @param type internal name of the class
 * @param name of the member; empty if it is the class itself
 * @param descriptor of the member
 */
public record Refusal(String type, String name, String descriptor, String fact, String reason) {

    static Refusal of(String type, MethodNode method, String fact, String reason) {
        return new Refusal(type, method.name, method.desc, fact, reason);
    }

    static Refusal of(String type, FieldNode field, String fact, String reason) {
        return new Refusal(type, field.name, field.desc, fact, reason);
    }

    static Refusal of(String type, String fact, String reason) {
        return new Refusal(type, "", "", fact, reason);
    }
}
