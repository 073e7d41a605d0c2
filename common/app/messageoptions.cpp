// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messageoptions.h"

#include "messages/messagefile.h"
#include "optionreader.h"

using namespace Qt::StringLiterals;

namespace {

struct MessageStrings {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

MessageForm formFor(OptionReader &reader)
{
    const bool isHex = reader.isSet("hex"_L1);
    if (!reader.isSet("escapes"_L1))
        return isHex ? MessageForm::Hex : MessageForm::Text;
    if (isHex)
        reader.fail(MessageStrings::tr("--escapes and --hex cannot be used together"));
    return MessageForm::Escapes;
}

TypedMessage messageIn(OptionReader &reader, QLatin1StringView option, const QString &path)
{
    const auto fail = [&](const QString &error) {
        if (!error.isEmpty())
            reader.fail(MessageStrings::tr("%1: cannot read '%2': %3").arg(OptionReader::dashed(option), path, error),
                        1);
    };
    if (path == "-"_L1) {
        const MessageFile::Read read = MessageFile::readStandardInput();
        fail(read.error);
        return TypedMessage::ofBytes(read.bytes);
    }
    const MessageFile::Typed typed = MessageFile::typed(path);
    fail(typed.error);
    return typed.message;
}

} // namespace

void MessageOptions::add(OptionReader &reader, const QString &fileOption, const QString &fileDescription)
{
    reader.add({u"escapes"_s},
               MessageStrings::tr("Read \\n \\r \\t \\0 \\\\ \\xNN \\u{…} and computed fields, such as {crc32}, "
                                  "in messages"));
    reader.add({u"hex"_s}, MessageStrings::tr("Read messages as hexadecimal digits and computed fields"));
    reader.add({fileOption}, fileDescription, u"FILE"_s);
}

QList<TypedMessage> MessageOptions::read(OptionReader &reader, QLatin1StringView textOption,
                                         QLatin1StringView fileOption)
{
    const MessageForm form = formFor(reader);
    QList<TypedMessage> messages;
    for (const OptionReader::Given &given : reader.given(textOption, fileOption)) {
        if (given.name == fileOption) {
            messages.append(messageIn(reader, fileOption, given.value));
            continue;
        }
        messages.append({.text = given.value, .form = form});
        if (const auto mistake = messages.constLast().read().mistake)
            reader.fail(MessageStrings::tr("%1: character %2 of '%3': %4")
                            .arg(OptionReader::dashed(textOption))
                            .arg(mistake->at + 1)
                            .arg(given.value, mistake->sentence));
    }
    return messages;
}
