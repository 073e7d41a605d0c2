// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "entrylistwindow.h"

#include "base/savedfile.h"
#include "ui/guide/guide.h"
#include "uitools.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QShortcut>
#include <QTreeWidget>

namespace {

constexpr int listCharacters = 24; ///< at least visible of an entry

QString writeEntries(const QString &path, const QByteArray &json)
{
    SavedFile file(path);
    const bool isWritten = file.begin() && file.write(json) == json.size() && file.finish() && file.publish();
    return isWritten ? QString() : file.sentence();
}

} // namespace

EntryListWindow::EntryListWindow(const Kind &kind, QWidget *editor, QWidget *parent)
    : QDialog(parent)
    , m_kind(kind)
    , m_list(new QTreeWidget(this))
    , m_editor(editor)
    , m_scrolled(new QScrollArea(this))
    , m_notice(new QLabel(this))
    , m_putBack(new QPushButton(tr("Put Bac&k"), this))
    , m_bottom(new QVBoxLayout)
    , m_buttonColumn(new QVBoxLayout)
{
    setWindowTitle(kind.title);
    UiTools::describe(m_list, "entryList", kind.title);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setHeaderLabels(kind.columns);
    m_list->setHeaderHidden(kind.columns.size() == 1);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->setMinimumWidth(fontMetrics().averageCharWidth() * listCharacters);
    UiTools::describe(m_notice, "entryNotice", tr("Notice"));
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    auto *layout = new QGridLayout(this);
    layout->setSpacing(UiTools::grid);
    layout->addWidget(m_list, 0, 0);
    layout->addLayout(m_buttonColumn, 0, 1);
    m_scrolled->setWidgetResizable(true);
    m_scrolled->setFrameShape(QFrame::NoFrame);
    m_scrolled->setFocusPolicy(Qt::NoFocus);
    m_scrolled->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scrolled->setWidget(m_editor);
    m_scrolled->setMinimumWidth(m_editor->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    layout->addWidget(m_scrolled, 0, 2);
    layout->addLayout(m_bottom, 1, 0, 1, 3);
    m_putBack->setObjectName(QStringLiteral("putBack"));
    m_putBack->setAutoDefault(false); // Enter belongs to the fields
    m_putBack->hide();
    connect(m_putBack, &QPushButton::clicked, this, &EntryListWindow::putBack);
    auto *notices = new QHBoxLayout;
    notices->setSpacing(UiTools::grid);
    notices->addWidget(m_notice, 1);
    notices->addWidget(m_putBack);
    layout->addLayout(notices, 2, 0, 1, 3);
    layout->setColumnStretch(0, 2);
    layout->setColumnStretch(2, 5);
    addListButton(tr("&Add"), "addEntry", &EntryListWindow::add);
    m_forSelected = {addListButton(tr("&Duplicate"), "duplicateEntry", &EntryListWindow::duplicate),
                     addListButton(tr("&Remove"), "removeEntry", &EntryListWindow::remove)};
    m_up = addListButton(tr("Mo&ve Up"), "moveUp", &EntryListWindow::moveUp);
    m_down = addListButton(tr("Move D&own"), "moveDown", &EntryListWindow::moveDown);
    addListButton(tr("&Import…"), "importEntries", &EntryListWindow::askForImport);
    // While there are entries, one is selected.
    m_forSelected.append(addListButton(tr("&Export…"), "exportEntries", &EntryListWindow::askForExport));
    auto *close = insertButton(m_buttonColumn->count(), tr("&Close"), "closeWindow");
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    m_buttonColumn->addStretch();
    Guide::addHelpKey(*this);
    auto *shortcut = new QShortcut(QKeySequence::Close, this);
    connect(shortcut, &QShortcut::activated, this, &QDialog::close);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &EntryListWindow::showCurrent);
    connect(m_list, &QTreeWidget::itemActivated, this, [this] { m_editor->setFocus(Qt::OtherFocusReason); });
}

QPushButton *EntryListWindow::insertButton(int at, const QString &text, const char *objectName)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QLatin1StringView(objectName));
    button->setAutoDefault(false); // Enter belongs to the fields
    m_buttonColumn->insertWidget(at, button);
    return button;
}

QPushButton *EntryListWindow::addListButton(const QString &text, const char *objectName,
                                            void (EntryListWindow::*pressed)())
{
    QPushButton *button = insertButton(m_buttonColumn->count(), text, objectName);
    connect(button, &QPushButton::clicked, this, pressed);
    return button;
}

QPushButton *EntryListWindow::addButton(const QString &text, const char *objectName)
{
    constexpr int below = 2; // Close, and the space
    m_forSelected.append(insertButton(m_buttonColumn->count() - below, text, objectName));
    return m_forSelected.constLast();
}

/// At first, nothing has to be scrolled. (A scroll area asks for less than its content does.)
void EntryListWindow::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (std::exchange(m_wasShown, true))
        return;
    const QSize missing = m_editor->sizeHint() - m_scrolled->sizeHint();
    const QSize forNames(m_list->minimumWidth() / 2, 0);
    resize((sizeHint() + missing.expandedTo({0, 0}) + forNames).boundedTo(screen()->availableSize()));
}

int EntryListWindow::currentRow() const
{
    return m_list->indexOfTopLevelItem(m_list->currentItem());
}

QVariant EntryListWindow::current() const
{
    const QTreeWidgetItem *item = m_list->currentItem();
    return item ? item->data(0, Qt::UserRole) : QVariant();
}

QVariantList EntryListWindow::entries() const
{
    QVariantList entries;
    entries.reserve(m_list->topLevelItemCount());
    for (int row = 0; row < m_list->topLevelItemCount(); ++row)
        entries.append(m_list->topLevelItem(row)->data(0, Qt::UserRole));
    return entries;
}

void EntryListWindow::setEntries(const QVariantList &entries)
{
    forget();
    m_list->clear();
    for (const QVariant &entry : entries)
        insert(m_list->topLevelItemCount(), entry);
    select(0);
    showCurrent();
}

QTreeWidgetItem *EntryListWindow::insert(int row, const QVariant &entry)
{
    auto *item = new QTreeWidgetItem;
    item->setData(0, Qt::UserRole, entry);
    m_list->insertTopLevelItem(row, item);
    describeEntry(*item, entry);
    return item;
}

void EntryListWindow::replaceCurrent(const QVariant &entry)
{
    QTreeWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    item->setData(0, Qt::UserRole, entry);
    describeEntry(*item, entry);
    change();
}

void EntryListWindow::select(int row)
{
    m_list->setCurrentItem(m_list->topLevelItem(qMin(row, m_list->topLevelItemCount() - 1)));
}

void EntryListWindow::showCurrent()
{
    m_editor->setEnabled(m_list->currentItem());
    showEntry(current());
    updateButtons();
}

void EntryListWindow::updateButtons()
{
    const int row = currentRow();
    for (QPushButton *button : std::as_const(m_forSelected))
        button->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->topLevelItemCount());
}

void EntryListWindow::tell(const QString &sentence)
{
    m_notice->setText(sentence);
}

void EntryListWindow::add()
{
    m_list->setCurrentItem(insert(currentRow() + 1, newEntry()));
    change();
    m_editor->setFocus(Qt::OtherFocusReason);
}

void EntryListWindow::duplicate()
{
    m_list->setCurrentItem(insert(currentRow() + 1, current()));
    change();
}

void EntryListWindow::remove()
{
    const int row = currentRow();
    const std::unique_ptr<QTreeWidgetItem> item(m_list->takeTopLevelItem(row));
    showCurrent();
    change();
    m_removedRow = row;
    m_removed = item->data(0, Qt::UserRole);
    tell(tr("Removed: %1").arg(item->text(0)));
    m_putBack->show();
}

void EntryListWindow::putBack()
{
    m_list->setCurrentItem(insert(m_removedRow, m_removed));
    change();
    m_list->setFocus(Qt::OtherFocusReason); // the button disappears
}

void EntryListWindow::change()
{
    forget();
    entriesChanged();
}

/// What was said before is not true any more.
void EntryListWindow::forget()
{
    tell({});
    m_putBack->hide();
}

void EntryListWindow::moveUp()
{
    move(-1);
}

void EntryListWindow::moveDown()
{
    move(1);
}

void EntryListWindow::move(int by)
{
    const int row = currentRow();
    QTreeWidgetItem *item = m_list->takeTopLevelItem(row);
    m_list->insertTopLevelItem(row + by, item);
    m_list->setCurrentItem(item);
    change();
}

void EntryListWindow::askForImport()
{
    auto *dialog = new QFileDialog(this, tr("Import"), {}, m_kind.fileFilter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &EntryListWindow::importFile);
    dialog->open();
}

void EntryListWindow::importFile(const QString &path)
{
    m_file.giveUp();
    m_file.send([this, path, read = m_kind.read]() -> Errand::Answer {
        return [this, path, result = read(path)] {
            if (const auto *error = std::get_if<QString>(&result))
                return tell(tr("%1: %2").arg(path, *error));
            const auto &imported = std::get<QVariantList>(result);
            const int first = m_list->topLevelItemCount();
            for (const QVariant &entry : imported)
                insert(m_list->topLevelItemCount(), entry);
            select(first);
            change();
            tell(m_kind.imported(path, int(imported.size())));
        };
    });
}

void EntryListWindow::askForExport()
{
    auto *dialog = new QFileDialog(this, tr("Export"), {}, m_kind.fileFilter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &EntryListWindow::exportFile);
    dialog->open();
}

void EntryListWindow::exportFile(const QString &path)
{
    m_file.giveUp();
    m_file.send([this, path, json = m_kind.write(entries())]() -> Errand::Answer {
        const QString error = writeEntries(path, json);
        return [this, path, error] { tell(error.isEmpty() ? m_kind.exported.arg(path) : error); };
    });
}

#include "moc_entrylistwindow.cpp"
