// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "messagetemplate.h"

#include <QString>

#include <optional>

/// How the text of a message is read.
enum class MessageForm : quint8 {
    Text,    ///< as it is; a backslash is a backslash
    Escapes, ///< \n \r \t \0 \\ \xNN \u{…}, computed fields in braces, {{ for a brace
    Hex,     ///< two digits a byte; blanks, commas, 0x and line breaks do not count; computed fields in braces
    File     ///< the bytes of a file, or any others that are not edited
};

/// A message as a person types it. Pure; any thread.
struct TypedMessage {
    Q_DECLARE_TR_FUNCTIONS(TypedMessage)
public:
    enum class Encoding : quint8 { Utf8, Latin1 };

    static constexpr qsizetype maxBytes = qsizetype(16) * 1024 * 1024; ///< of one message

    QString text; ///< line breaks are \n; of a file: its name, or nothing
    MessageForm form = MessageForm::Text;
    Encoding encoding = Encoding::Utf8;
    bool hasCrLf = false; ///< line breaks in text are sent as CR LF; not in hex
    QByteArray content;   ///< of a file
    /// The size of a file that is streamed, and has no content here (StreamedFile); 0: it is not.
    qint64 streamedBytes = 0;

    static TypedMessage ofBytes(const QByteArray &bytes) { return {.form = MessageForm::File, .content = bytes}; }
    bool operator==(const TypedMessage &other) const = default;

    /// What is wrong with the text: its first mistake.
    struct Mistake {
        qsizetype at = 0; ///< characters (UTF-16 code units) from the beginning
        qsizetype length = 1;
        QString sentence;
    };
    struct Read {
        MessageTemplate message; ///< up to the mistake
        std::optional<Mistake> mistake;
    };
    static constexpr int noCaptures = -1;
    /// lastGroup: \g{0} to \g{lastGroup} stand for captures in escapes and hex (MessageTemplate::Capture); noCaptures:
    /// there is nothing to capture from.
    Read read(int lastGroup = noCaptures) const;

    /// The same message in another form, but File; nothing if that form cannot express it, or if there is a mistake.
    std::optional<TypedMessage> in(MessageForm to, int lastGroup = noCaptures) const;

    /// Bytes in a form that gives them back exactly.
    static QString inHex(QByteArrayView bytes); ///< "02 41 42 03"
    static QString withEscapes(QByteArrayView bytes, Encoding encoding = Encoding::Utf8);

    /// "text", "escapes", "hex", "file"; as in settings and presets.
    static QLatin1StringView word(MessageForm form);
    static std::optional<MessageForm> formOf(QStringView word);
};
