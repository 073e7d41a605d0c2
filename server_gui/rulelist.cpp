// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "rulelist.h"

#include <QSet>

void RuleList::load(const QList<ReplyRule> &rules)
{
    QList<ReplyRule> fresh = rules;
    for (ReplyRule &rule : fresh)
        rule.id = 0;
    assign(fresh);
    emit loaded();
    emit changed();
}

void RuleList::update(const QList<ReplyRule> &rules)
{
    assign(rules);
    emit changed();
}

void RuleList::assign(const QList<ReplyRule> &rules)
{
    m_rules = rules;
    QSet<int> ids;
    for (ReplyRule &rule : m_rules) {
        if (rule.id == 0 || ids.contains(rule.id))
            rule.id = ++m_lastId;
        ids.insert(rule.id);
    }
}

void RuleList::setCounts(const QHash<int, qint64> &counts)
{
    m_counts = counts;
    emit counted();
}

#include "moc_rulelist.cpp"
