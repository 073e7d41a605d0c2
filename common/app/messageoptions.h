// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "messages/typedmessage.h"

class OptionReader;

/// The options for messages: as text, with --escapes, with --hex, and from files. Used only while a CommandLine is
/// parsed; reads the files.
namespace MessageOptions {

/// Adds --escapes, --hex, and the option for a message in a file.
void add(OptionReader &reader, const QString &fileOption, const QString &fileDescription);

/// The messages that the options textOption and fileOption give, in the order of the command line.
QList<TypedMessage> read(OptionReader &reader, QLatin1StringView textOption, QLatin1StringView fileOption);

} // namespace MessageOptions
