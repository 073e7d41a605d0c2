// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkrule.h"

#include <QStringList>

/// Reads the words of one rule. A part of LinkRules. Pure.
class LinkRuleReader
{
public:
    explicit LinkRuleReader(const QString &rule);

    /// Nothing if the first word is no verb.
    std::optional<LinkVerb> verb();
    /// What follows the verb; nothing if it is wrong.
    std::optional<LinkRule> rule(LinkVerb verb);

private:
    bool parameters(LinkRule &rule);
    bool delay(LinkRule &rule);
    bool chance(LinkRule &rule);
    bool rate(LinkRule &rule);
    bool hold(LinkRule &rule);
    bool segment(LinkRule &rule);
    bool kind(SegmentName &name);
    bool end(LinkRule &rule);
    bool time(LinkRule::Duration &to);
    template<typename Number>
    bool number(Number &to, Number lowest, Number highest);

    bool isNext(QLatin1StringView word) const { return !m_words.isEmpty() && m_words.constFirst() == word; }
    bool isNextAKind() const;
    QString take() { return m_words.isEmpty() ? QString() : m_words.takeFirst(); }

    QStringList m_words; ///< that have not been read
};
