// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "replyrule.h"

#include <QJsonObject>

#include <span>

/// Reads one rule of a file, and keeps the first error. A part of ReplyRules. Pure.
class RuleReader
{
    Q_DECLARE_TR_FUNCTIONS(ReplyRules)
public:
    explicit RuleReader(const QJsonValue &entry);

    ReplyRule rule();
    const QString &error() const { return m_error; } ///< a sentence that names the field, or empty

private:
    QJsonValue take(QLatin1StringView field);
    void text(QLatin1StringView field, QString &to);
    void flag(QLatin1StringView field, bool &to);
    void number(QLatin1StringView field, int &to);
    void message(QLatin1StringView field, const QJsonValue &value, TypedMessage &to);
    template<typename Value>
    void word(QLatin1StringView field, std::span<const QLatin1StringView> words, Value &to);
    void reply(ReplyRule &rule);
    void pieces(QList<int> &to);
    void often(ReplyRule &rule);
    void takes(QLatin1StringView field, const QString &what);
    void fail(const QString &sentence);

    QJsonObject m_rest; ///< fields that have not been read
    QString m_error;
};
