// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "replyrule.h"

#include <QByteArrayMatcher>
#include <QRegularExpression>

#include <optional>

/// A message that rules are tried on. Decodes it once, for the first expression that needs it. Pure.
class RuleSubject
{
public:
    explicit RuleSubject(const QByteArray &message)
        : m_message(message)
    {
    }

    const QByteArray &message() const { return m_message; }
    QByteArrayView beginning() const { return QByteArrayView(m_message).first(beginningSize()); } ///< the first 64 KiB
    const QString &characters(bool asText);
    /// The bytes of a range of characters().
    QByteArray bytes(qsizetype at, qsizetype length, bool asText) const;

private:
    qsizetype beginningSize() const { return qMin(m_message.size(), ReplyRule::matchedBytes); }

    QByteArray m_message;
    std::optional<QString> m_latin1;
    std::optional<QString> m_text;
};

/// What a rule compares messages with, ready to be used often: an expression is compiled once. An expression that takes
/// too long on a message is stopped, and does not fit. Pure; any thread.
class RuleCondition
{
public:
    explicit RuleCondition(const ReplyRule &rule);

    enum class Result : quint8 { DoesNotFit, Fits, Stopped };
    Result tryOn(RuleSubject &subject, QList<QByteArray> *captures = nullptr) const;

private:
    ReplyRule::When m_when;
    bool m_asText;
    QByteArray m_bytes; ///< of Matches: what the message begins with, or nothing
    QByteArrayMatcher m_matcher;
    QRegularExpression m_expression;
};
