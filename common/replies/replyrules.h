// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "replyrule.h"

/// Rules as JSON, as docs/replies.md documents it: {"rules": [{"when": "begins", "message": {"text": "HELO"}}]}.
/// What a rule does not say is as in a new ReplyRule, without a reply. Pure, but readFile(); any thread.
namespace ReplyRules {

struct Read {
    QList<ReplyRule> rules; ///< with the ids 1, 2, …
    /// A sentence, or empty. It names the line of a syntax error, else the number of the rule and the field.
    QString error;
};

constexpr qsizetype maxRules = 10'000;

Read read(const QByteArray &json);
Read readFile(const QString &path); ///< blocks while the file system does; the sentence does not name the file
/// A reply that is a file's is written as hex.
QByteArray write(const QList<ReplyRule> &rules);

} // namespace ReplyRules
