// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QVariant>

#include <functional>
#include <vector>

class MessageEdit;
class QLineEdit;
class QSettings;
class QSpinBox;

/// What the fields of a form held in the run before. A value from the command line wins, and is not remembered unless
/// the user has changed it. Part of a form.
class FieldMemory
{
public:
    /// A field: how to read and to write it; what is read invalid is not kept. given: from the command line, or invalid.
    struct Field {
        QString key;
        std::function<QVariant()> read;
        std::function<void(const QVariant &)> write;
        QVariant given;
    };

    void add(Field field);
    void add(const QString &key, QLineEdit *edit, const QVariant &given = {});
    /// given: a QByteArray. A message that cannot be edited is not remembered; the one before it stays.
    void add(const QString &key, MessageEdit *edit, const QVariant &given = {});
    void add(const QString &key, QSpinBox *edit, const QVariant &given = {});

    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

private:
    std::vector<Field> m_fields;
};
