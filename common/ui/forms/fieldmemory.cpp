// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "fieldmemory.h"

#include "messageedit.h"
#include "messages/messagejson.h"

#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>

namespace {

QVariant stored(const TypedMessage &message)
{
    return MessageJson::write(message).toVariantMap();
}

void restoreMessage(MessageEdit &edit, const QVariant &value)
{
    const auto message = MessageJson::read(QJsonObject::fromVariantMap(value.toMap()));
    if (const auto *typed = std::get_if<TypedMessage>(&message); typed && typed->form != MessageForm::File)
        edit.setTyped(*typed);
}

} // namespace

void FieldMemory::add(Field field)
{
    m_fields.push_back(std::move(field));
}

void FieldMemory::add(const QString &key, QLineEdit *edit, const QVariant &given)
{
    add({key, [edit] { return edit->text(); }, [edit](const QVariant &value) { edit->setText(value.toString()); },
         given});
}

void FieldMemory::add(const QString &key, MessageEdit *edit, const std::optional<TypedMessage> &given)
{
    const auto read = [edit] { return edit->isKeptWhole() ? QVariant() : stored(edit->typed()); };
    const auto write = [edit, given](const QVariant &value) {
        if (given)
            edit->setTyped(*given);
        else if (value.typeId() == QMetaType::QVariantMap)
            restoreMessage(*edit, value);
        else
            edit->setBytes(value.toByteArray()); // an earlier version stored it
    };
    add({key, read, write, given ? stored(*given) : QVariant()});
}

void FieldMemory::add(const QString &key, QSpinBox *edit, const QVariant &given)
{
    const auto write = [edit](const QVariant &value) {
        bool ok = false;
        const int number = value.toInt(&ok);
        if (ok)
            edit->setValue(number);
    };
    add({key, [edit] { return edit->value(); }, write, given});
}

void FieldMemory::restore(const QSettings &settings)
{
    for (const Field &field : m_fields) {
        if (field.given.isValid())
            field.write(field.given);
        else if (settings.contains(field.key))
            field.write(settings.value(field.key));
    }
}

void FieldMemory::save(QSettings &settings) const
{
    for (const Field &field : m_fields) {
        const QVariant value = field.read();
        if (value.isValid() && (!field.given.isValid() || value != field.given))
            settings.setValue(field.key, value);
    }
}
