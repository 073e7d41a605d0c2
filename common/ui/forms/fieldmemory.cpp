// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "fieldmemory.h"

#include "messageedit.h"

#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>

void FieldMemory::add(Field field)
{
    m_fields.push_back(std::move(field));
}

void FieldMemory::add(const QString &key, QLineEdit *edit, const QVariant &given)
{
    add({key, [edit] { return edit->text(); }, [edit](const QVariant &value) { edit->setText(value.toString()); },
         given});
}

void FieldMemory::add(const QString &key, MessageEdit *edit, const QVariant &given)
{
    const auto read = [edit] { return edit->isKeptWhole() ? QVariant() : QVariant(edit->bytes()); };
    const auto write = [edit](const QVariant &value) { edit->setBytes(value.toByteArray()); };
    add({key, read, write, given});
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
