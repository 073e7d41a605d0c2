// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkrule.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

/// The rules of the emulated link as text: separated by semicolons or line ends. END is "client" or "server", and means
/// the packets that this end sends; without it, a rule applies to both directions.
///
///     delay [END] TIME [±TIME]               each packet arrives so much later; TIME as 200us, 50ms or 1.5s
///     loss|duplicate|corrupt [END] PERCENT   by chance
///     reorder [END] PERCENT [TIME]           by chance, so much later than it would (10ms), so that others overtake it
///     seed N                                 of all that happens by chance
///     rate [END] RATE [queue N]              a bottleneck; RATE as 64kbit or 1mbit; the queue drops what does not fit
///     mtu N
///     drop|duplicate END SEGMENT             one segment of each connection: "data 2", "data 2x3", "fin 1"
///     delay END SEGMENT TIME
///     hold [END] | hold from END KIND        packets wait for a hand
///
/// Pure; any thread.
class LinkRules
{
    Q_DECLARE_TR_FUNCTIONS(LinkRules)
public:
    static constexpr int maxRules = 100;

    struct Read {
        QList<LinkRule> rules; ///< empty if there is an error
        QString error;         ///< a sentence that names the first wrong rule, and what is right
    };

    static Read read(const QString &text);
    static QString text(const QList<LinkRule> &rules); ///< in one line; read() reads it back
    static QString text(const LinkRule &rule);
    static QList<LinkRule> holds(const QList<LinkRule> &rules);      ///< only those that hold
    static QList<LinkRule> conditions(const QList<LinkRule> &rules); ///< the others

private:
    static QString usage(LinkVerb verb);
};
