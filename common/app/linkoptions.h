// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "link/linkrule.h"

#include <QStringList>

class OptionReader;

/// The options of the emulated link: --link and --network. Used only while a CommandLine is parsed.
namespace LinkOptions {

void add(OptionReader &reader);
QList<LinkRule> readNetwork(OptionReader &reader);
QStringList readCommand(OptionReader &reader); ///< to run beside the link; empty: there is no link

} // namespace LinkOptions
