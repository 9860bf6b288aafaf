/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where installed data (presets, anchors, texts) lies. Only a program that itself lies in a build
 * tree looks beside itself; an installed one reads the installed data and nothing else, whatever
 * the environment says.
 */
#ifndef KVKCSR_CONF_DATADIR_H
#define KVKCSR_CONF_DATADIR_H

/* The folder of the templates; static, never NULL. Thread-safe. */
const char *kvk_datadir(void);

#endif
