// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messagejson.h"

using namespace Qt::StringLiterals;

namespace {

struct MessageJsonStrings {
    Q_DECLARE_TR_FUNCTIONS(MessageJson)
};

constexpr auto latin1Word = "latin-1"_L1;
constexpr auto crLfWord = "crlf"_L1;

/// Reads the fields of an object; keeps the first error.
class FieldReader
{
public:
    explicit FieldReader(const QJsonObject &object)
        : m_object(object)
    {
    }

    QString text(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        if (!value.isUndefined() && !value.isString())
            fail(MessageJsonStrings::tr("“%1” is text in quotation marks.").arg(name));
        return value.toString();
    }

    /// A field that has one of two values, of which the first is the default.
    bool isSecond(QLatin1StringView name, QLatin1StringView first, QLatin1StringView second)
    {
        const QString word = text(name);
        if (!word.isEmpty() && word != first && word != second)
            fail(MessageJsonStrings::tr("“%1” is “%2” or “%3”, "
                                        "not “%4”.")
                     .arg(name, first, second, word));
        return word == second;
    }

    void fail(const QString &sentence)
    {
        if (m_error.isEmpty())
            m_error = sentence;
    }
    const QString &error() const { return m_error; }

private:
    const QJsonObject &m_object;
    QString m_error;
};

} // namespace

QJsonObject MessageJson::write(const TypedMessage &message)
{
    QJsonObject object;
    object.insert(message.form == MessageForm::File ? "file"_L1 : "text"_L1, message.text);
    if (message.form == MessageForm::Escapes || message.form == MessageForm::Hex)
        object.insert("form"_L1, TypedMessage::word(message.form));
    if (message.encoding == TypedMessage::Encoding::Latin1)
        object.insert("encoding"_L1, latin1Word);
    if (message.hasCrLf)
        object.insert("line-breaks"_L1, crLfWord);
    return object;
}

std::variant<TypedMessage, QString> MessageJson::read(const QJsonObject &object)
{
    FieldReader fields(object);
    TypedMessage message;
    message.text = fields.text("text"_L1);
    if (const QString file = fields.text("file"_L1); !file.isEmpty()) {
        message.text = file;
        message.form = MessageForm::File;
    }
    if (const QString word = fields.text("form"_L1); !word.isEmpty()) {
        const auto form = TypedMessage::formOf(word);
        if (!form || form == MessageForm::File)
            fields.fail(MessageJsonStrings::tr("“form” is “text”, “escapes” or “hex”, "
                                               "not “%1”.")
                            .arg(word));
        else if (message.form != MessageForm::File)
            message.form = *form;
    }
    if (fields.isSecond("encoding"_L1, "utf-8"_L1, latin1Word))
        message.encoding = TypedMessage::Encoding::Latin1;
    message.hasCrLf = fields.isSecond("line-breaks"_L1, "lf"_L1, crLfWord);
    if (!fields.error().isEmpty())
        return fields.error();
    return message;
}
