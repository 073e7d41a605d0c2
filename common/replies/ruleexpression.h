// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QRegularExpression>

/// The regular expressions of rules: Perl's, with a limit on how long they may search. Pure; any thread.
namespace RuleExpression {

/// asText: it sees characters of UTF-8; otherwise each byte is one character. May be invalid.
QRegularExpression compiled(const QString &expression, bool asText);
int groups(const QString &expression);    ///< how many groups it has; 0 if it is wrong
QString error(const QString &expression); ///< why it cannot be used, as a sentence; empty if it can

} // namespace RuleExpression
