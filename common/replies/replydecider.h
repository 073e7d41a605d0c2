// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "replyrule.h"
#include "rulecondition.h"

#include <QHash>

#include <vector>

/// What the server sends, and what it does then. A plain value.
struct PlannedReply {
    bool sends = true; ///< false: only what follows
    MessageTemplate message;
    QList<int> pieces; ///< ReplyRule::pieces
    int gapMs = 0;
    int delayMs = 0;
    ReplyRule::Then then = ReplyRule::Then::Nothing;
    ReplyRule::To to = ReplyRule::To::Sender;
};

/// Decides how the server answers a message or an event: by the mode, the rules and the fixed reply. Counts how often
/// the condition of each rule has been met, over all connections. Pure; not for two threads at once.
class ReplyDecider
{
    Q_DECLARE_TR_FUNCTIONS(ReplyDecider)
public:
    void setMode(ReplyMode mode) { m_mode = mode; }
    void setFixed(const MessageTemplate &message, int delayMs); ///< an empty message is not sent
    /// Rules without mistakes; others never fit. Counts stay with the ids of the rules.
    void setRules(const QList<ReplyRule> &rules);
    ReplyMode mode() const { return m_mode; }
    const QList<ReplyRule> &rules() const { return m_rules; }

    struct Decision {
        std::optional<PlannedReply> reply;
        int rule = -1;     ///< the index of the rule that answers; -1: none
        QStringList notes; ///< sentences about expressions that were stopped and replies that were cut
    };
    /// Of a message over 16 MiB: its last part.
    Decision answer(const QByteArray &message);
    Decision answerAccept();
    Decision answerTimer(int rule); ///< the index of a rule for silence or regular times, whose time has come

    /// How often the condition of each rule was met when it was tried, by id.
    const QHash<int, qint64> &counts() const { return m_counts; }

    static QString nameOf(const ReplyRule &rule, qsizetype index); ///< "Rule 2" or "Rule 2 (Greeting)"

private:
    bool mayAnswer(const ReplyRule &rule);
    void plan(qsizetype index, const QByteArray &message, const QList<QByteArray> &captures, Decision &decision) const;
    bool tryRule(qsizetype index, RuleSubject &subject, Decision &decision);

    ReplyMode m_mode = ReplyMode::Fixed;
    PlannedReply m_fixed{.sends = false};
    QList<ReplyRule> m_rules;
    struct Compiled {
        RuleCondition condition;
        MessageTemplate reply;
        bool isUsed = true; ///< it is enabled and has no mistake
    };
    std::vector<Compiled> m_compiled; ///< of m_rules
    QHash<int, qint64> m_counts;
};
