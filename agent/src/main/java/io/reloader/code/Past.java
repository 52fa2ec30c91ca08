// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.List;
import java.util.Map;

/**
 * What one reload replaced.
 *
 * @param added how many brand-new classes it defined
 * @param laid what was laid over the deployed classes
 */
record Past(List<Replaced> classes, int added, Map<String, Overlay.Laid> laid) {

    /** The same, less the classes whose class loaders are collected. */
    Past withoutGone() {
        return new Past(classes.stream().filter(each -> !each.gone()).toList(), added, laid);
    }
}
