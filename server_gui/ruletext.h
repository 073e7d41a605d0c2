// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "replies/replyrule.h"

/// Sentences about rules. Pure; any thread.
namespace RuleText {

/// "2. Greeting", or without a name what it fits: "2. begins with “HELO”".
QString title(const ReplyRule &rule, qsizetype index);

/// What the rules make of a message, as if it were the first: which rule fits, and how it answers.
QString trial(const QList<ReplyRule> &rules, const QByteArray &message);

} // namespace RuleText
