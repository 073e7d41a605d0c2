// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "preset.h"

#include "messages/jsonlist.h"
#include "messages/messagejson.h"

using namespace Qt::StringLiterals;

namespace {

struct PresetStrings {
    Q_DECLARE_TR_FUNCTIONS(Presets)
};

constexpr auto listName = "presets"_L1;

/// Reads one preset, and keeps the first error.
class PresetReader
{
public:
    explicit PresetReader(const QJsonObject &entry)
        : m_rest(entry)
    {
    }

    Preset preset()
    {
        Preset preset;
        preset.name = text("name"_L1);
        if (preset.name.trimmed().isEmpty())
            fail(PresetStrings::tr("“name” is missing."));
        readMessage(preset.message);
        if (const QString framing = text("framing"_L1); !framing.isEmpty()) {
            QString error;
            preset.framing = Framing::parse(framing, &error);
            if (!preset.framing)
                fail(PresetStrings::tr("“framing”: %1").arg(error));
        }
        preset.host = text("host"_L1);
        readPort(preset.port);
        if (!m_rest.isEmpty())
            fail(PresetStrings::tr("“%1” is not a field of a preset.").arg(m_rest.begin().key()));
        return preset;
    }
    const QString &error() const { return m_error; }

private:
    QString text(QLatin1StringView field)
    {
        const QJsonValue value = m_rest.take(field);
        if (!value.isUndefined() && !value.isString())
            fail(PresetStrings::tr("“%1” is text in quotation marks.").arg(field));
        return value.toString();
    }

    void readMessage(TypedMessage &message)
    {
        const QJsonValue value = m_rest.take("message"_L1);
        if (!value.isObject())
            return fail(PresetStrings::tr("“message” is an object, such as {\"text\": \"Hi\"}."));
        const auto read = MessageJson::read(value.toObject());
        if (const auto *error = std::get_if<QString>(&read))
            return fail(*error);
        message = std::get<TypedMessage>(read);
        if (const auto mistake = message.read().mistake; mistake && message.form != MessageForm::File)
            fail(PresetStrings::tr("“text”: character %1: %2").arg(mistake->at + 1).arg(mistake->sentence));
    }

    void readPort(quint16 &port)
    {
        const QJsonValue value = m_rest.take("port"_L1);
        if (value.isUndefined())
            return;
        const int number = value.toInt();
        if (number < 1 || number > 0xFFFF)
            return fail(PresetStrings::tr("“port” is a number from 1 to 65535."));
        port = quint16(number);
    }

    void fail(const QString &sentence)
    {
        if (m_error.isEmpty())
            m_error = sentence;
    }

    QJsonObject m_rest; ///< fields that have not been read
    QString m_error;
};

QJsonObject entryOf(const Preset &preset)
{
    TypedMessage message = preset.message;
    if (message.form == MessageForm::File && message.text.isEmpty())
        message = {.text = TypedMessage::inHex(message.content), .form = MessageForm::Hex};
    QJsonObject entry{{"name"_L1, preset.name}, {"message"_L1, MessageJson::write(message)}};
    if (preset.framing)
        entry.insert("framing"_L1, QString::fromLatin1(preset.framing->text()));
    if (!preset.host.isEmpty())
        entry.insert("host"_L1, preset.host);
    if (preset.port != 0)
        entry.insert("port"_L1, preset.port);
    return entry;
}

} // namespace

std::variant<QList<Preset>, QString> Presets::read(const QByteArray &json)
{
    const auto list = JsonList::read(json, listName, maxPresets);
    if (const auto *error = std::get_if<QString>(&list))
        return *error;
    const auto &entries = std::get<QJsonArray>(list);
    QList<Preset> presets;
    presets.reserve(entries.size());
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QJsonValue entry = entries.at(i);
        const auto numbered = [i](const QString &sentence) {
            return PresetStrings::tr("Preset %1: %2").arg(i + 1).arg(sentence);
        };
        if (!entry.isObject())
            return numbered(PresetStrings::tr("A preset is an object in braces."));
        PresetReader reader(entry.toObject());
        Preset preset = reader.preset();
        if (!reader.error().isEmpty())
            return numbered(reader.error());
        presets.append(std::move(preset));
    }
    return presets;
}

QByteArray Presets::write(const QList<Preset> &presets)
{
    QJsonArray entries;
    for (const Preset &preset : presets)
        entries.append(entryOf(preset));
    return JsonList::write(listName, entries);
}
