// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "replies/replyrule.h"

#include <QHash>
#include <QObject>

/// The server's rules, which the reply's menu and the window of the rules share, and how often each has fitted. Lives
/// on the window's thread.
class RuleList : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    const QList<ReplyRule> &rules() const { return m_rules; }
    /// Rules that have not been here before: each gets an id, so that its count begins at 0.
    void load(const QList<ReplyRule> &rules);
    /// The same rules after an edit: those that are new or copied get an id.
    void update(const QList<ReplyRule> &rules);

    qint64 count(const ReplyRule &rule) const { return m_counts.value(rule.id); }
    void setCounts(const QHash<int, qint64> &counts); ///< Server::rulesCounted()

signals:
    void loaded(); ///< all rules are others
    void changed();
    void counted();

private:
    void assign(const QList<ReplyRule> &rules);

    QList<ReplyRule> m_rules;
    QHash<int, qint64> m_counts; ///< by ReplyRule::id
    int m_lastId = 0;
};
