// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "messages/typedmessage.h"

#include <QList>

#include <array>

/// What the server does with a message.
enum class ReplyMode : quint8 {
    Fixed, ///< the same reply for each
    Rules, ///< the first rule that fits answers, else the fixed reply
    Echo,
    None
};

/// When and how the server answers. A plain value; pure, any thread.
struct ReplyRule {
    Q_DECLARE_TR_FUNCTIONS(ReplyRule)
public:
    enum class When : quint8 {
        Equals,   ///< a message is these bytes
        Contains, ///< in its first 64 KiB
        Begins,
        Matches, ///< a regular expression (Perl's) finds something in its first 64 KiB
        Accept,  ///< a connection has been accepted
        Silence, ///< nothing has come from the peer for some time; once, until a message comes
        Every    ///< at regular times while the connection is open
    };
    enum class Answer : quint8 { None, Echo, Message };
    enum class Then : quint8 { Nothing, Close, HalfClose, Reset };
    enum class Often : quint8 { Always, First, From };
    enum class To : quint8 { Sender, All };

    static constexpr int maxMs = 3'600'000;
    static constexpr int maxTimes = 1'000'000'000;
    static constexpr int maxPieces = 1000; ///< sizes in the list
    static constexpr qsizetype matchedBytes = qsizetype(64) * 1024;

    int id = 0; ///< tells the rules of a list apart while they are edited; not part of a file
    bool isEnabled = true;
    QString name;
    When when = When::Equals;
    TypedMessage message; ///< what a message is compared with
    QString expression;
    bool asText = false; ///< the expression sees characters of UTF-8; else each byte is one, as in Latin-1
    int ms = 1000;       ///< of Silence and Every
    Answer answer = Answer::Message;
    TypedMessage reply;
    Then then = Then::Nothing; ///< after the reply has been sent
    int delayMs = 0;           ///< from the message, or the event, to the reply
    QList<int> pieces;         ///< sizes in bytes, terminator included; the last one repeats. Empty: one piece
    int gapMs = 100;           ///< between the pieces
    Often often = Often::Always;
    int times = 1; ///< First: it answers so often; From: it answers from this time on. Counted over all connections
    To to = To::Sender;

    bool isEvent() const { return when >= When::Accept; }
    bool isTimed() const { return when >= When::Silence; }
    /// The last group that the reply can use (TypedMessage::read()).
    int lastGroup() const;
    bool operator==(const ReplyRule &other) const = default;

    /// A field with a value that cannot be used.
    struct Mistake {
        QLatin1StringView field; ///< its name in the file: "message", "expression", "reply", …
        QString sentence;
    };
    /// All mistakes, in the order of the fields; only in fields that matter for this rule.
    QList<Mistake> mistakes() const;

    /// The words of the file, in the order of the values.
    static constexpr std::array whenWords = {QLatin1StringView("equals"), QLatin1StringView("contains"),
                                             QLatin1StringView("begins"), QLatin1StringView("matches"),
                                             QLatin1StringView("accept"), QLatin1StringView("silence"),
                                             QLatin1StringView("every")};
    static constexpr std::array thenWords = {QLatin1StringView("nothing"), QLatin1StringView("close"),
                                             QLatin1StringView("half-close"), QLatin1StringView("reset")};
    static constexpr std::array toWords = {QLatin1StringView("sender"), QLatin1StringView("all")};
    static constexpr std::array modeWords = {QLatin1StringView("fixed"), QLatin1StringView("rules"),
                                             QLatin1StringView("echo"), QLatin1StringView("none")};
};
