// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "messages/typedmessage.h"

#include <QVariant>

#include <functional>
#include <vector>

class MessageEdit;
class QLineEdit;
class QSettings;
class QSpinBox;

/// Remembers the values of a form's fields from the previous run. A value from the command line takes precedence, and
/// is remembered only if the user has changed it. Part of a form.
class FieldMemory
{
public:
    /// A field, and how to read and write it. An invalid QVariant from read is not stored. given is the value from
    /// the command line, or invalid.
    struct Field {
        QString key;
        std::function<QVariant()> read;
        std::function<void(const QVariant &)> write;
        QVariant given;
    };

    void add(Field field);
    void add(const QString &key, QLineEdit *edit, const QVariant &given = {});
    /// A message that cannot be edited is not remembered; the previous one stays.
    void add(const QString &key, MessageEdit *edit, const std::optional<TypedMessage> &given = {});
    void add(const QString &key, QSpinBox *edit, const QVariant &given = {});

    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

private:
    std::vector<Field> m_fields;
};
