// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"

#include <QDialog>
#include <QVariantList>

#include <variant>

class QLabel;
class QPushButton;
class QScrollArea;
class QTreeWidget;
class QTreeWidgetItem;
class QVBoxLayout;

/// A window for a list of entries that a person edits: the list, buttons for its order and its file, and an editor for
/// the selected entry. Every change takes effect at once. Not modal; owned by the window that opens it.
class EntryListWindow : public QDialog
{
    Q_OBJECT
public:
    void select(int row);
    void importFile(const QString &path); ///< adds the entries of the file
    void exportFile(const QString &path);

protected:
    /// What the entries are.
    struct Kind {
        QString title;
        QStringList columns; ///< of the list; its header is shown if there are several
        QString fileFilter;  ///< of file dialogs
        QString exported;    ///< a sentence with the place %1
        /// The entries of a file, or a sentence without its name. Called on another thread.
        std::variant<QVariantList, QString> (*read)(const QString &path);
        QByteArray (*write)(const QVariantList &entries);
        QString (*imported)(const QString &path, int number); ///< says what was done
    };

    EntryListWindow(const Kind &kind, QWidget *editor, QWidget *parent);

    template<typename T>
    static QVariantList entriesOf(const QList<T> &values)
    {
        QVariantList entries;
        entries.reserve(values.size());
        for (const T &value : values)
            entries.append(QVariant::fromValue(value));
        return entries;
    }
    template<typename T>
    static QList<T> valuesOf(const QVariantList &entries)
    {
        QList<T> values;
        values.reserve(entries.size());
        for (const QVariant &entry : entries)
            values.append(entry.template value<T>());
        return values;
    }

    /// A button above Close. It can be used while an entry is selected.
    QPushButton *addButton(const QString &text, const char *objectName);
    QVBoxLayout *bottom() const { return m_bottom; } ///< below the list and the editor; above the notice
    void setEntries(const QVariantList &entries);    ///< without entriesChanged()
    QVariantList entries() const;
    QVariant current() const; ///< invalid: no entry is selected
    void replaceCurrent(const QVariant &entry);
    void tell(const QString &sentence); ///< in the line for notices
    QTreeWidget *list() const { return m_list; }

    void showEvent(QShowEvent *event) override;

private:
    virtual QVariant newEntry() const = 0;
    virtual void showEntry(const QVariant &entry) = 0; ///< in the editor; invalid: there is none
    virtual void describeEntry(QTreeWidgetItem &item, const QVariant &entry) = 0; ///< sets its texts
    virtual void entriesChanged() = 0;

    QPushButton *insertButton(int at, const QString &text, const char *objectName);
    QPushButton *addListButton(const QString &text, const char *objectName, void (EntryListWindow::*pressed)());
    int currentRow() const;
    void change();
    void forget();
    void showCurrent();
    void updateButtons();
    QTreeWidgetItem *insert(int row, const QVariant &entry);
    void add();
    void duplicate();
    void remove();
    void putBack();
    void moveUp();
    void moveDown();
    void move(int by);
    void askForImport();
    void askForExport();

    Kind m_kind;
    QTreeWidget *m_list;
    QWidget *m_editor;
    QScrollArea *m_scrolled; ///< has the editor
    bool m_wasShown = false;
    QLabel *m_notice;
    QPushButton *m_putBack; ///< what was removed last, until the next change
    int m_removedRow = -1;
    QVariant m_removed;
    QVBoxLayout *m_bottom;
    QVBoxLayout *m_buttonColumn;
    QList<QPushButton *> m_forSelected;
    QPushButton *m_up = nullptr;
    QPushButton *m_down = nullptr;
    Errand m_file;
};
